package org.vzj.cli.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document in UTF-8, in the layout of OpenVZ's vzlist.
 *
 * <p>Strings may hold anything: what JSON demands is escaped, and so are characters by which a
 * terminal could be attacked. Calls in an order that makes no JSON throw {@link
 * UncheckedIOException}, as a failing stream does.
 */
public final class JsonOutput implements AutoCloseable {
  private final JsonGenerator json;

  /**
   * Begins a document.
   *
   * @param out where it goes; it is flushed at {@link #close()} but stays open
   */
  public JsonOutput(OutputStream out) {
    try {
      JsonFactory factory = new JsonFactory();
      factory.setCharacterEscapes(new TerminalEscapes());
      json = factory.createGenerator(out, JsonEncoding.UTF8);
      json.enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8.mappedFeature());
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new JsonLayout());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an array: the document itself, or a value of the array it is in. */
  public void beginArray() {
    try {
      json.writeStartArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an array that is the value of a field. */
  public void beginArray(String name) {
    name(name);
    beginArray();
  }

  /** Ends the innermost array. */
  public void endArray() {
    try {
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an object: the document itself, or a value of the array it is in. */
  public void beginObject() {
    try {
      json.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an object that is the value of a field. */
  public void beginObject(String name) {
    name(name);
    beginObject();
  }

  /** Ends the innermost object. */
  public void endObject() {
    try {
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a value of the array it is in; null is {@code null}. */
  public void value(@Nullable String text) {
    try {
      json.writeString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a text; null is {@code null}. */
  public void field(String name, @Nullable String text) {
    name(name);
    value(text);
  }

  /** Writes a whole number. */
  public void field(String name, long number) {
    try {
      json.writeNumberField(name, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a number. */
  public void field(String name, double number) {
    try {
      json.writeNumberField(name, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code true} or {@code false}. */
  public void field(String name, boolean flag) {
    try {
      json.writeBooleanField(name, flag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code null}. */
  public void fieldNull(String name) {
    try {
      json.writeNullField(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a number as it is given.
   *
   * @param digits a number in JSON's syntax, such as {@code 0.50}
   */
  public void fieldNumber(String name, String digits) {
    name(name);
    try {
      json.writeNumber(digits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an array of numbers, as they are written. */
  public void fieldNumbers(String name, List<String> digits) {
    beginArray(name);
    for (String number : digits) {
      try {
        json.writeNumber(number);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    endArray();
  }

  /** Writes an array of texts. */
  public void fieldArray(String name, List<String> texts) {
    beginArray(name);
    for (String text : texts) {
      value(text);
    }
    endArray();
  }

  /** Ends the document with a newline and flushes the stream. */
  @Override
  public void close() {
    try {
      json.writeRaw('\n');
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void name(String name) {
    try {
      json.writeFieldName(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
