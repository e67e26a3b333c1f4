"""The desk's addresses."""

urlpatterns: list[object] = []
