"""`python -m antigone` is the antigone command."""

from antigone.cli.main import main

if __name__ == "__main__":
    main()
