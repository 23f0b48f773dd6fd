"""The staff directory: the desks of the paper and the people at them."""

from django.contrib import admin

from newsroom.pages.admin.ordering import OrderedInline
from newsroom.pages.models import StaffDesk, StaffMember


class StaffMemberInline(OrderedInline):
    model = StaffMember
    fields = ["order", "name", "role", "email", "link"]


@admin.register(StaffDesk)
class StaffDeskAdmin(admin.ModelAdmin[StaffDesk]):
    list_display = ["name", "order"]
    list_editable = ["order"]
    search_fields = ["name", "members__name"]
    inlines = [StaffMemberInline]
