package org.vzj.template.unpack;

/** An extended attribute: its name and its value, which nobody changes. */
final class ExtendedAttribute {
  private final String name;
  private final byte[] value;

  ExtendedAttribute(String name, byte[] value) {
    this.name = name;
    this.value = value;
  }

  String name() {
    return name;
  }

  byte[] value() {
    return value;
  }
}
