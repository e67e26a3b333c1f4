import pytest

from handdruk.understand import Reader
from tests.unit.understand.company import LESSONS, NEAR_MISSES


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.train([*LESSONS, *NEAR_MISSES], order_number=r"TH-\d{6}")
