package org.vzj.linux.xml;

/** A text that is not XML as {@link XmlReader} reads it. */
public final class XmlException extends Exception {
  private static final long serialVersionUID = 1L;

  XmlException(String message) {
    super(message);
  }
}
