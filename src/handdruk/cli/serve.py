"""Site, chat, desk and worker in one process."""

import gc
import logging
import socket
import sys

import uvicorn
from django.conf import settings
from django.db import connection

from handdruk.cli.ending import Ending
from handdruk.config.asgi import application
from handdruk.reception.training import judgement
from handdruk.work.checkpoints import Checkpoints
from handdruk.work.commands import recover_all
from handdruk.work.live import RedisEar
from handdruk.work.worker import Worker

log = logging.getLogger(__name__)
WORKERS = 2  # threads: one slow mail server must not hold up the turns of customers
SWITCH = 0.001  # seconds a busy thread keeps the others waiting; Python's own 5 ms are felt in every answer
PATIENCE = 3  # seconds an open stream may take to end after Ctrl-C


def serve(listener: socket.socket, *, worker: bool = True) -> None:
    """Serves until Ctrl-C or SIGTERM, then ends cleanly."""
    sys.setswitchinterval(SWITCH)
    if connection.vendor == "sqlite":
        recover_all()  # this process is alone: whatever was under way was left behind by one that died
    judgement()  # the first customer need not wait for the reader
    _spare_the_lasting()
    parts: list[Worker | RedisEar | Checkpoints] = [Worker(WORKERS if worker else 0)]
    parts += [RedisEar()] if settings.REDIS_URL else []
    parts += [Checkpoints()] if connection.vendor == "sqlite" else []
    for part in parts:
        part.start()
    try:
        _run(listener)
    finally:
        for part in parts:
            part.stop()


def _spare_the_lasting() -> None:
    """What is there now stays: looking through all of it for what can go would hold up every customer for a moment."""
    gc.collect()
    gc.freeze()


def listen(host: str, port: int) -> socket.socket:
    """Takes the port before anything else is done. Raises Ending when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise Ending(f"port {port} on {host} cannot be used: {error.strerror}; choose another --port") from error
    return listener


def _run(listener: socket.socket) -> None:
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, server_header=False, lifespan="on",
        timeout_graceful_shutdown=PATIENCE, timeout_keep_alive=75, backlog=1024,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        log.info("stopped")
