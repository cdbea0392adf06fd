"""Run the command line as `python -m workshop`, for profilers and where no script is installed."""

from workshop.cli import run

if __name__ == "__main__":
    run()
