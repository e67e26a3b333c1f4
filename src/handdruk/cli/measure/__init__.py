"""What `handdruk bench` measures with: a server in a process of its own, and customers that cost little."""
