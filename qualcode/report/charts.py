"""A chart as Word draws its own: editable, sharp at any size, with its numbers in a small workbook inside."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from qualcode.report.blocks import Chart, Series
from qualcode.report.ooxml import Element, clean

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU = 12700
"""English Metric Units in a point."""

_COLOURS = ("9DB4CC", "1F4E79", "C2571A", "3A8F5C", "8A5BB5")
"""The last wave is the darkest of two; light and dark stay apart in grey print."""

_BESIDE = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
_ROW, _AROUND, _WIDTH = 17, 70, 453
"""Points: the height of a bar, of what stands around the bars, and the width of the whole."""


def add_chart(document: Document, chart: Chart, number: int) -> Element:
    """Put the chart's parts into the package; the run that shows it in the text."""
    package = document.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    book = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    data = part.relate_to(Part(book, _SHEET_TYPE, _workbook(chart), package), f"{_RELATIONSHIPS}/package")
    part._blob = _chart_xml(chart, data).encode("utf-8")
    shown = document.part.relate_to(part, f"{_RELATIONSHIPS}/chart")
    return parse_xml(_inline(chart, number, shown))


def _workbook(chart: Chart) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = ""
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Data"
    told = [series for series in chart.series if series.labels]
    for column, series in enumerate((*chart.series, *told), 2):
        sheet.cell(1, column, clean(series.name))
    for row, category in enumerate(chart.categories, 2):
        named = sheet.cell(row, 1, clean(category))
        named.data_type = "s"
        for column, series in enumerate(chart.series, 2):
            sheet.cell(row, column, series.values[row - 2])
        for column, series in enumerate(told, 2 + len(chart.series)):
            sheet.cell(row, column, clean(series.labels[row - 2])).data_type = "s"
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _inline(chart: Chart, number: int, relationship: str) -> str:
    height = _AROUND + len(chart.categories) * (_ROW * len(chart.series) + 12)
    name = escape(f"Figure {chart.number}", {'"': "&quot;"})
    alt = escape(clean(chart.alt), {'"': "&quot;"})
    return (
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'xmlns:a="{_DRAWING}" xmlns:c="{_CHART}" xmlns:r="{_RELATIONSHIPS}"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH * _EMU}" cy="{height * _EMU}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="{name}" descr="{alt}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{relationship}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


# --- the chart part ----------------------------------------------------------------------------------------------


def _chart_xml(chart: Chart, data: str) -> str:
    series = "".join(_series(chart, n, s) for n, s in enumerate(chart.series))
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(900)}</c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONSHIPS}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="55"/><c:overlap val="-8"/>'
        f'<c:axId val="111"/><c:axId val="222"/></c:barChart>{_category_axis()}{_value_axis(chart)}</c:plotArea>'
        f"{legend}"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>'
        f'</c:spPr>{_text(900)}<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(chart: Chart, number: int, series: Series) -> str:
    column = chr(ord("B") + number)
    last = len(chart.categories) + 1
    colour = _COLOURS[1] if len(chart.series) == 1 else _COLOURS[number % len(_COLOURS)]
    names = "".join(f'<c:pt idx="{n}"><c:v>{escape(clean(c))}</c:v></c:pt>' for n, c in enumerate(chart.categories))
    values = "".join(
        f'<c:pt idx="{n}"><c:v>{value:g}</c:v></c:pt>' for n, value in enumerate(series.values) if value is not None
    )
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    title = escape(clean(series.name))
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Data!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{title}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:dLbls>'
        f"{_labels(series)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(800)}{_BESIDE}</c:dLbls>"
        f"<c:cat><c:strRef><c:f>Data!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Data!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f"{count}{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _labels(series: Series) -> str:
    """Words beside the bars where they are not the values."""
    words = ((n, escape(clean(label))) for n, label in enumerate(series.labels) if series.values[n] is not None)
    return "".join(
        f'<c:dLbl><c:idx val="{n}"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="en-GB" sz="800" b="0"/><a:t>{label}'
        f"</a:t></a:r></a:p></c:rich></c:tx>{_BESIDE}</c:dLbl>"
        for n, label in words
    )


def _category_axis() -> str:
    return (
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_line("9AA3AD")}{_text(900)}<c:crossAx val="222"/>'
        '<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    top = f'<c:max val="{chart.top:g}"/>' if chart.top else ""
    step = "" if chart.top is None else f'<c:majorUnit val="{_step(chart.top)}"/>'
    form = f'0"{chart.sign}"' if chart.sign else "0"
    title = (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="0"/></a:pPr><a:r><a:rPr lang="en-GB" '
        f'sz="900" b="0"/><a:t>{escape(clean(chart.unit))}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/>'
        "</c:title>"
        if chart.unit
        else ""
    )
    return (
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{top}<c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines>{_line("E3E6EA")}</c:majorGridlines>{title}'
        f'<c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(900)}<c:crossAx val="111"/>'
        f'<c:crosses val="max"/><c:crossBetween val="between"/>{step}</c:valAx>'
    )


def _step(top: float) -> int:
    """Between the lines of the grid, so that there are at most six."""
    return next((step for step in _STEPS if top / step <= 6), round(top / 6))


def _line(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'


def _text(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}" b="0"><a:solidFill><a:srgbClr val="22262B"/>'
        '</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
