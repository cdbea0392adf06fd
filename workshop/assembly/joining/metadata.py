"""Write the metadata of a document: its information dictionary and its XMP.

Source: ISO 32000-1, 14.3; ISO 14289-1, 5 (the identifier of PDF/UA) and 7.1 (the title).
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from workshop.composing.composition import DocumentInfo

_PRODUCER = "workshop-kit"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer={producer}/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
{dates}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_DATES = """<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmp:CreateDate={created} xmp:ModifyDate={created}/>
"""


def information(front: DocumentInfo, title: str) -> dict[str, str]:
    """Return the information dictionary of a document, or of a copy with a title of its own."""
    entries = {"Title": title, "Author": front.author, "Producer": _PRODUCER}
    if front.created:
        date = f"D:{''.join(char for char in front.created if char.isdigit())}Z"
        entries |= {"CreationDate": date, "ModDate": date}
    return entries


def xmp(front: DocumentInfo, title: str) -> bytes:
    """Return the XMP stream: the same entries, and the statement that this is PDF/UA-1."""
    dates = _DATES.format(created=quoteattr(front.created)) if front.created else ""
    return _XMP.format(
        producer=quoteattr(_PRODUCER),
        title=escape(title),
        author=escape(front.author),
        dates=dates,
    ).encode()
