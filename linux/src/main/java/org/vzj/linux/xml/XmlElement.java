package org.vzj.linux.xml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element of an XML document, with what is in it. */
public final class XmlElement {
  private final String name;
  private final List<String> attributes = new ArrayList<>();
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  XmlElement(String name) {
    this.name = name;
  }

  /** Returns its name, with a prefix if it has one. */
  public String name() {
    return name;
  }

  /** Returns the value of an attribute, null if it has none of that name. */
  public @Nullable String attribute(String attribute) {
    for (int i = 0; i < attributes.size(); i += 2) {
      if (attributes.get(i).equals(attribute)) {
        return attributes.get(i + 1);
      }
    }
    return null;
  }

  /** Returns the elements in it, in order. */
  public List<XmlElement> children() {
    return children;
  }

  /** Returns the text of its first child of that name, empty if there is none. */
  public String childText(String child) {
    for (XmlElement element : children) {
      if (element.name.equals(child)) {
        return element.text();
      }
    }
    return "";
  }

  /** Returns the text that stands directly in it, CDATA sections included. */
  public String text() {
    return text.toString();
  }

  void add(XmlElement child) {
    children.add(child);
  }

  void add(String attribute, String value) {
    attributes.add(attribute);
    attributes.add(value);
  }

  StringBuilder content() {
    return text;
  }
}
