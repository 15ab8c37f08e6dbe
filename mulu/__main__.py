"""``python -m mulu``."""

from mulu.cli import main

if __name__ == "__main__":
    main()
