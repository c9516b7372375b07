"""`DataFrame.style`: pandas writes it by templates that the build lacks, so these are ours. A page gets its texts, not its colours."""
from cohortline_guest.on_import import on_import

CELL = '<{{ c.type }}{% if c.id is defined %} id="T_{{ uuid }}_{{ c.id }}"{% endif %} class="{{ c.class }}" {{ c.attributes }}>{{ c.display_value }}</{{ c.type }}>'

TABLE = f"""\
<table id="T_{{{{ uuid }}}}"{{% if table_attributes %}} {{{{ table_attributes }}}}{{% endif %}}>
{{% if caption %}}
<caption>{{{{ caption[0] if caption is iterable and caption is not string else caption }}}}</caption>
{{% endif %}}
<thead>
{{% for row in head %}}
<tr>{{% for c in row if c.is_visible != False %}}{CELL}{{% endfor %}}</tr>
{{% endfor %}}
</thead>
<tbody>
{{% for row in body %}}
<tr>{{% for c in row if c.is_visible != False %}}{CELL}{{% endfor %}}</tr>
{{% endfor %}}
</tbody>
</table>
"""

RULES = """\
<style type="text/css">
{% for rule in table_styles or [] %}
#T_{{ uuid }} {{ rule.selector }} { {% for name, value in rule.props %}{{ name }}: {{ value }}; {% endfor %} }
{% endfor %}
{% for rule in (cellstyle or []) + (cellstyle_index or []) + (cellstyle_columns or []) %}
{% for selector in rule.selectors %}#T_{{ uuid }}_{{ selector }}{{ ", " if not loop.last }}{% endfor %} { {% for name, value in rule.props %}{{ name }}: {{ value }}; {% endfor %} }
{% endfor %}
</style>
"""

TEXT = """\
{% for row in head + body %}
{% for c in row if c.is_visible != False %}{{ c.display_value }}{{ delimiter if not loop.last }}{% endfor %}

{% endfor %}
"""

TEMPLATES = {
    "html.tpl": "{% if not exclude_styles %}{% include html_style_tpl %}{% endif %}{% include html_table_tpl %}",
    "html_table.tpl": TABLE,
    "html_style.tpl": RULES,
    "string.tpl": TEXT,
}


def install(like):
    on_import("jinja2", _with_templates)
    on_import("pandas.io.formats.style", lambda style: _names(style.Styler, like))


def _with_templates(jinja2):
    before = jinja2.PackageLoader

    class PackageLoader(before):
        def __new__(cls, package, path="templates", *words, **options):
            if (package, path) == ("pandas", "io/formats/templates"):
                return jinja2.FunctionLoader(lambda name: TEMPLATES.get(name, ""))
            return super().__new__(cls)

    jinja2.PackageLoader = PackageLoader


def _names(styler, like):
    styler.to_latex = styler.to_typst = _not_known
    if like is not None:
        styler.applymap, styler.applymap_index = styler.map, styler.map_index
    if like == 1:
        styler.hide_index = lambda self, subset=None, **more: self.hide(subset, axis="index", **more)
        styler.hide_columns = lambda self, subset=None, **more: self.hide(subset, axis="columns", **more)
        styler.set_na_rep = lambda self, na_rep: self.format(na_rep=na_rep)
        styler.set_precision = lambda self, precision: self.format(precision=precision)
        styler.render = lambda self, **more: self.to_html(**more)


def _not_known(self, *words, **options):
    raise NotImplementedError("DataFrame.style writes HTML and texts only (in the sandbox)")
