package org.vzj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/**
 * The layout of OpenVZ's vzlist: objects and the outermost array have a line for each entry, two
 * blanks deeper; arrays within are written in one line.
 */
final class JsonLayout implements PrettyPrinter {
  private static final String BLANKS = "                                ";
  private int depth;
  private int arrays;
  private boolean inArray;

  @Override
  public void writeRootValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator out) throws IOException {
    out.writeRaw('{');
    depth++;
  }

  @Override
  public void beforeObjectEntries(JsonGenerator out) throws IOException {
    line(out);
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
    out.writeRaw(',');
    line(out);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
    out.writeRaw(": ");
  }

  @Override
  public void writeEndObject(JsonGenerator out, int entries) throws IOException {
    depth--;
    if (entries > 0) {
      line(out);
    }
    out.writeRaw('}');
  }

  @Override
  public void writeStartArray(JsonGenerator out) throws IOException {
    out.writeRaw('[');
    arrays++;
    if (depth == 0) {
      depth++;
      inArray = true;
    }
  }

  @Override
  public void beforeArrayValues(JsonGenerator out) throws IOException {
    if (outermost()) {
      line(out);
    }
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
    if (outermost()) {
      out.writeRaw(',');
      line(out);
    } else {
      out.writeRaw(", ");
    }
  }

  @Override
  public void writeEndArray(JsonGenerator out, int values) throws IOException {
    if (outermost()) {
      depth--;
      inArray = false;
      line(out);
    }
    arrays--;
    out.writeRaw(']');
  }

  /** Whether what is being written is an entry of the document, and that is an array. */
  private boolean outermost() {
    return inArray && arrays == 1 && depth == 1;
  }

  private void line(JsonGenerator out) throws IOException {
    out.writeRaw('\n');
    out.writeRaw(BLANKS, 0, Math.min(2 * depth, BLANKS.length()));
  }
}
