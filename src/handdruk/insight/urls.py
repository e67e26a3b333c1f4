"""The addresses of audits and of the promise, at the desk."""

from django.urls import path

from handdruk.insight.views import audits

app_name = "insight"
urlpatterns = [
    path("audits/", audits.following, name="audits"),
    path("audits/done/", audits.done, name="done"),
    path("audits/<int:pk>/label", audits.label, name="label"),
    path("audits/<int:pk>/withdrawal", audits.withdrawal, name="withdrawal"),
    path("audits/<int:pk>/example", audits.example, name="example"),
]
