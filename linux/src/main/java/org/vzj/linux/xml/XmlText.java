package org.vzj.linux.xml;

/** Texts as they are written into XML. */
public final class XmlText {
  private XmlText() {}

  /** Returns a text for the inside of an element or a quoted attribute. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(writable(c));
      }
    }
    return out.toString();
  }

  /** Returns a text as CDATA section; where it has the end of one there are two. */
  public static String cdata(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append("<![CDATA[");
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("]]>", i)) {
        out.append("]]]]><![CDATA[>");
        i += 2;
      } else {
        out.append(writable(text.charAt(i)));
      }
    }
    return out.append("]]>").toString();
  }

  /** XML 1.0 has no way to write control characters. */
  private static char writable(char c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff ? '?' : c;
  }
}
