"""The addresses of audits and of the promise, at the desk."""

from django.urls import path

from handdruk.insight.views import audits, promise

app_name = "insight"
urlpatterns = [
    path("audits/", audits.following, name="audits"),
    path("audits/done/", audits.done, name="done"),
    path("audits/<int:pk>/label", audits.label, name="label"),
    path("audits/<int:pk>/withdrawal", audits.withdrawal, name="withdrawal"),
    path("audits/<int:pk>/example", audits.example, name="example"),
    path("promise/", promise.page, name="promise"),
    path("promise/training", promise.training, name="training"),
    path("promise/notices", promise.notices, name="notices"),
    path("promise/brakes/<int:pk>/seen", promise.seen, name="seen"),
]
