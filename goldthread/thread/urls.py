"""The addresses of the thread, of the home page and of search."""

from goldthread.thread.search import urls as search_urls

app_name = "thread"

urlpatterns = [*search_urls.urlpatterns]
