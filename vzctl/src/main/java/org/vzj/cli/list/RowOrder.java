package org.vzj.cli.list;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order of {@code -s}. */
final class RowOrder implements Comparator<RowOrder.Row> {
  private final Field.Order order;

  private RowOrder(Field.Order order) {
    this.order = order;
  }

  /** A container with the value that it is sorted by. */
  record Row(Ct ct, Cell key) {}

  /**
   * Sorts containers.
   *
   * @param rows containers by ascending id; equal ones keep this order
   * @param reverse whether the whole list is then turned round
   */
  static List<Ct> sorted(List<Ct> rows, Field field, boolean reverse) {
    List<Row> keyed = new ArrayList<>(rows.size());
    for (Ct ct : rows) {
      keyed.add(
          new Row(ct, field.order() == Field.Order.NONE ? Cell.MISSING : field.source().read(ct)));
    }
    keyed.sort(new RowOrder(field.order()));
    List<Ct> result = new ArrayList<>(rows.size());
    for (int i = 0; i < keyed.size(); i++) {
      result.add(keyed.get(reverse ? keyed.size() - 1 - i : i).ct());
    }
    return result;
  }

  @Override
  public int compare(Row a, Row b) {
    return switch (order) {
      case ASCENDING -> Cell.compare(a.key, b.key);
      case DESCENDING -> Cell.compare(b.key, a.key);
      case BOOT -> {
        int byKey = Cell.compare(a.key, b.key);
        yield byKey != 0 ? byKey : Integer.compare(b.ct.id(), a.ct.id());
      }
      case NONE -> 0;
    };
  }
}
