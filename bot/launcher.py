"""Starts what runs in the bot's environment: the server, the training, the tools.

python -m bot.launcher run                 serve turns on 127.0.0.1
python -m bot.launcher train --out FILE    train a model into FILE
python -m bot.launcher parse FILE          one JSON line an input line
python -m bot.launcher check               what Rasa thinks of data, domain and rules
"""

import argparse
import os
import sys
import warnings

from bot import inert_modules, logs


def main() -> int:
    """Run the command that the arguments name and return its exit code."""
    arguments = _read_arguments()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    inert_modules.install()
    logs.configure()
    return arguments.command(arguments)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bot.launcher")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run")
    run.set_defaults(command=_run)
    train = commands.add_parser("train")
    train.add_argument("--out", required=True, help="the model file to write")
    train.set_defaults(command=_train)
    parse = commands.add_parser("parse")
    parse.add_argument("file", help="a text file, one message a line")
    parse.set_defaults(command=_parse)
    check = commands.add_parser("check")
    check.set_defaults(command=_check)
    return parser.parse_args()


# Rasa is imported by these modules, so each is imported only after the stand-ins.


def _run(_: argparse.Namespace) -> int:
    from bot import server

    return server.run()


def _train(arguments: argparse.Namespace) -> int:
    from bot import training

    return training.train(arguments.out)


def _parse(arguments: argparse.Namespace) -> int:
    from bot import parse

    return parse.print_parsed(arguments.file)


def _check(_: argparse.Namespace) -> int:
    from bot import training

    return training.check()


if __name__ == "__main__":
    sys.exit(main())
