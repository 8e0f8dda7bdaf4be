"""Tests reach nothing outside this machine."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_the_network_is_off(address: tuple[str, int]) -> None:
    with socket.socket() as reaching, pytest.raises(OSError, match="the network is off"):
        reaching.connect(address)
