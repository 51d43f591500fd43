"""Build meeting packs from this checkout: `python build.py pack`; `python build.py --help` lists the rest."""

if __name__ == "__main__":
    from boardpack.cli import run

    run()
