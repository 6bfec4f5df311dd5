package org.vzj.cli.list;

import java.io.OutputStream;
import java.util.List;
import org.vzj.cli.json.JsonOutput;
import org.vzj.container.CtId;

/** Rows as an array of JSON objects. */
final class JsonRows {
  private static final String[] DISK_NAMES = {"usage", "softlimit", "hardlimit"};

  private final List<Field> table;
  private final JsonOutput json;

  /**
   * @param table all fields: parts of an object follow the field of the object
   */
  private JsonRows(List<Field> table, OutputStream out) {
    this.table = table;
    this.json = new JsonOutput(out);
  }

  /** Writes the whole document. */
  static void write(OutputStream out, List<Field> table, List<Field> fields, List<Ct> rows) {
    JsonRows writer = new JsonRows(table, out);
    writer.json.beginArray();
    for (Ct ct : rows) {
      writer.json.beginObject();
      for (Field field : fields) {
        writer.field(field, ct);
      }
      writer.json.endObject();
    }
    writer.json.endArray();
    writer.json.close();
  }

  private void field(Field field, Ct ct) {
    switch (field.json()) {
      case BEANCOUNTER -> beancounter(field, ct);
      case DISK -> disk(field, ct);
      default -> value(field, field.source().read(ct));
    }
  }

  private void value(Field field, Cell cell) {
    String name = field.name();
    boolean missing = cell.isMissing();
    switch (field.json()) {
      case NUMBERS -> {
        if (missing) {
          json.fieldNull(name);
        } else {
          json.fieldNumbers(name, cell.words());
        }
      }
      case ARRAY -> json.fieldArray(name, cell.words());
      case SECONDS -> json.fieldNumber(name, seconds(missing ? 0 : cell.number()));
      case NUMBER_OR_ZERO -> json.fieldNumber(name, missing ? "0" : cell.text());
      case SWITCHES -> switches(name, cell);
      case BOOLEAN, NUMBER, STRING, NUMBER_OR_STRING -> {
        if (missing) {
          json.fieldNull(name);
        } else if (field.json() == Field.JsonForm.BOOLEAN) {
          json.field(name, cell.number() == 1);
        } else if (field.json() == Field.JsonForm.NUMBER || isNumber(field, cell)) {
          json.fieldNumber(name, cell.text());
        } else {
          json.field(name, cell.text());
        }
      }
      default -> throw new IllegalStateException("no value of its own: " + name);
    }
  }

  private void switches(String name, Cell cell) {
    if (cell.isMissing()) {
      json.fieldNull(name);
      return;
    }
    json.beginObject(name);
    for (String word : cell.words()) {
      int colon = word.indexOf(':');
      json.field(word.substring(0, colon), word.endsWith(":on"));
    }
    json.endObject();
  }

  /** A container that does not run holds nothing; what a running one holds may be unknown. */
  private void beancounter(Field field, Ct ct) {
    int at = indexOf(field);
    json.beginObject(field.name());
    for (BeancounterValue.Part part : BeancounterValue.Part.ALL) {
      Cell cell = table.get(at++).source().read(ct);
      if (!cell.isMissing()) {
        json.fieldNumber(part.jsonName(), cell.text());
      } else if (ct.isRunning()) {
        json.fieldNull(part.jsonName());
      } else {
        json.field(part.jsonName(), 0);
      }
    }
    json.endObject();
  }

  private void disk(Field field, Ct ct) {
    int at = indexOf(field);
    if (table.get(at + 1).source().read(ct).isMissing()) {
      json.fieldNull(field.name());
      return;
    }
    json.beginObject(field.name());
    for (int i = 0; i < DISK_NAMES.length; i++) {
      Cell cell = table.get(at + i).source().read(ct);
      if (cell.isMissing()) {
        json.fieldNull(DISK_NAMES[i]);
      } else {
        json.fieldNumber(DISK_NAMES[i], cell.text());
      }
    }
    json.endObject();
  }

  /** No name consists of digits alone: it could not be told from an id. */
  private static boolean isNumber(Field field, Cell cell) {
    return field.json() == Field.JsonForm.NUMBER_OR_STRING && CtId.parse(cell.text()) != null;
  }

  private int indexOf(Field field) {
    int at = 0;
    while (!table.get(at).name().equals(field.name())) {
      at++;
    }
    return at;
  }

  private static String seconds(long millis) {
    String thousandths = Long.toString(1000 + millis % 1000);
    return millis / 1000 + "." + thousandths.substring(1);
  }
}
