"""What we learn: how automatic answers ended, whether the promise holds, and what past conversations show."""
