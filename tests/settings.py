"""The product's own settings, with what would make tests slow or untidy taken out."""

import atexit
import os
import shutil
import tempfile

if "GOLDTHREAD_HOME" not in os.environ:
    os.environ["GOLDTHREAD_HOME"] = tempfile.mkdtemp(prefix="goldthread-tests-")
    atexit.register(shutil.rmtree, os.environ["GOLDTHREAD_HOME"], ignore_errors=True)

from goldthread.config.settings import *  # noqa: F403
from goldthread.config.settings import DATABASES, STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
SECOND_FACTOR = False
ON_POSTGRESQL = DATABASES["default"]["ENGINE"].endswith("postgresql")
if not ON_POSTGRESQL:
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}  # noqa: F405
