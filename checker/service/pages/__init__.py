"""The web pages: plain forms over the same routes as the HTTP interface, better where scripts run.

To add a page:

1. Write a file named after what the page shows, with ``router = APIRouter()``, and name it in ``site.ROUTERS``. A route
   takes a visit by the role that may see it (``visiting.ByAuditor`` …; whoever is not signed in is led there and back,
   another role gets 403) and gives ``visit.page("some.html", key=value)``::

       @router.get("/samples")
       def samples(visit: ByAuditor, request: Request, desk: AtDesk, cursor: Cursor = None) -> Response:
           page = api_samples.listed(request, visit.who, desk, cursor=cursor, limit=20)
           return visit.page("samples.html", page=page, is_first=cursor is None)

   It calls the functions of ``service/api`` or ``service`` with the visit's account; reach and rules are decided there,
   never here. What such a function raises becomes an error page in the visitor's language.
2. Write ``templates/some.html``: ``{% extends "base.html" %}`` with the blocks ``title``, ``before`` (back link),
   ``main``, ``head`` (further scripts: ``<script src="{{ asset('htmx.js') }}" defer></script>``). Words are
   ``{{ t("中文", "English") }}`` or ``{{ t(some_text) }}``; parts are the macros of ``templates/ui.html``, there as
   ``ui``: fields, buttons, tables, tags, pager. No inline script or style: the policy allows this host's files alone.
3. A form is ``<form method="post" novalidate>`` with ``{{ ui.errors(form) }}`` above and ``{{ ui.secrets() }}`` in it:
   the session's token and a key, so that it is done once however often it is sent. The route takes ``form: Posted``
   (token and origin are checked) and, to write, ``writes: Does``::

       given = form.read(OrderIn, "due", "reason")                 # None, with errors beside the fields
       if given and form.attempt(lambda: api_orders.create(given, visit.who, desk, writes)):
           return visit.go("/orders", Done.ORDERED)                # says words.DONE[Done.ORDERED]
       return visit.page("order_new.html", 422, form=form)

   A form stands on the page that it posts to, so that a switch of language finds the page again; a form of one button
   is ``ui.step``. The page is shown at first with ``form=Form()``.
4. States get names and colours in ``words.py``, roles their links in ``navigation.py``.
5. Enter an address of the page in ``tests/service/pages/addresses.py``: each is looked at in both languages at three
   widths by axe, with JavaScript on and off, and as every role. Drive its journey in a test beside that.

Styles and scripts are built: ``cd assets && npm ci && npm run build`` writes ``static/``, whose files are asked for by
``asset("name")``, kept by browsers for good, and carry their licences in ``static/LICENCES.txt``.
"""
