package io.slipway.wire.aws.protocol;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A piece of an XML document. Namespaces of elements are not looked at: services have one each, and clients leave it out. */
final class XmlElement {
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int DEEPEST = 100;
    private static final int MOST = 2_000_000;
    private static final XMLInputFactory FACTORY = factory();

    private final String name;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<XmlElement> children = new ArrayList<>(0);
    private final StringBuilder text = new StringBuilder(0);

    private XmlElement(String name) {
        this.name = name;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Documents that declare types or entities are refused: with those they grow without end, or read files. */
    static XmlElement parse(byte[] document) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                return parse(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            Malformed why = malformed();
            why.initCause(e);
            throw why;
        }
    }

    private static Malformed malformed() {
        return Malformed.syntax(
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    private static XmlElement parse(XMLStreamReader reader) throws XMLStreamException {
        Deque<XmlElement> open = new ArrayDeque<>();
        Optional<XmlElement> root = Optional.empty();
        int count = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = begun(reader);
                    if (open.size() == DEEPEST || ++count > MOST) {
                        throw malformed();
                    }
                    if (open.isEmpty()) {
                        root = Optional.of(element);
                    } else {
                        open.peek().children.add(element);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw malformed();
                default -> {}
            }
        }
        return root.orElseThrow(XmlElement::malformed);
    }

    private static XmlElement begun(XMLStreamReader reader) {
        XmlElement element = new XmlElement(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            boolean instance = INSTANCE.equals(reader.getAttributeNamespace(i));
            String prefix = instance
                    ? "xsi"
                    : Optional.ofNullable(reader.getAttributePrefix(i)).orElse("");
            String local = reader.getAttributeLocalName(i);
            element.attributes.put(prefix.isEmpty() ? local : prefix + ":" + local, reader.getAttributeValue(i));
        }
        return element;
    }

    String name() {
        return name;
    }

    String text() {
        return text.toString();
    }

    boolean leaf() {
        return children.isEmpty();
    }

    List<XmlElement> children() {
        return children;
    }

    List<XmlElement> children(String wanted) {
        return children.stream().filter(each -> each.name.equals(wanted)).toList();
    }

    /** Empty: there is none. Throws if there are several. */
    Optional<XmlElement> child(String wanted) {
        List<XmlElement> all = children(wanted);
        if (all.size() > 1) {
            throw new Malformed(Malformed.Kind.SYNTAX, "The element " + wanted + " may come once only.");
        }
        return all.stream().findFirst();
    }

    Optional<String> attribute(String wanted) {
        return Optional.ofNullable(attributes.get(wanted));
    }
}
