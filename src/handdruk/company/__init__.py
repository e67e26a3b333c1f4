"""A company as a folder: `read` checks it, `load` stores it, `export` writes it back, `start` begins one.

    handdruk.company.read.read_folder(path)          # CompanyFolder, or BadFolder with every mistake
    handdruk.company.load.load(path, dry_run=True)   # Changes
    handdruk.company.export.export(path)             # Exported
    handdruk.company.start.new(path, name, languages)

The shapes of the files are in `settings` (company.toml), `topic` and `article`; how text is escaped is in `sections`.
"""
