package org.vzj.cli.getopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts were taken from glibc 2.36's getopt_long. */
class GetoptModelTest {
  private static final List<GetoptOption> TABLE =
      List.of(
          GetoptOption.flag('a', "all"),
          GetoptOption.flag('n', "name"),
          GetoptOption.value('N', "name_filter"),
          GetoptOption.flag("no-header"),
          GetoptOption.value('o', "output"),
          GetoptOption.flag('1'),
          GetoptOption.value('s', "sort"),
          GetoptOption.flag("skip-umount"),
          GetoptOption.flag("skiplock"),
          GetoptOption.value("ve_layout", "velayout", "layout"),
          GetoptOption.value("local_uid"));

  private static String parse(String... words) {
    return describe(new GetoptModel("prog", TABLE).parse(List.of(words)));
  }

  private static String describe(GetoptResult result) {
    List<String> text = new ArrayList<>();
    for (GetoptOccurrence o : result.options()) {
      text.add(
          (o.shortForm() ? "-" : "--")
              + o.key()
              + (o.option().takesValue() ? "<" + o.value() + ">" : ""));
    }
    if (!result.operands().isEmpty()) {
      text.add("| " + String.join(" ", result.operands()));
    }
    if (result.error() != null) {
      text.add("! " + result.error());
    }
    return String.join(" ", text);
  }

  @Test
  void givesOptionsInTheirOrderWithRepetitions() {
    assertThat(parse("-s", "x", "-a", "--sort=y", "-a")).isEqualTo("-sort<x> -all --sort<y> -all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "-ofoo > foo",
        "-o=foo > =foo",
        "-o= > =",
        "-ano=foo > =foo",
        "--output=foo > foo",
        "--output=a=b > a=b",
        "--out=foo > foo",
        "-oa=b > a=b",
        "--output=\"x\" > \"x\"",
        "--output='x' > 'x'",
        "-o@file > @file",
        "-o-a > -a",
        "-o${sys:user.home} > ${sys:user.home}",
      })
  void takesAnAttachedValue(String word, String value) {
    GetoptResult result = new GetoptModel("prog", TABLE).parse(List.of(word));

    assertThat(result.error()).isNull();
    assertThat(result.options().getLast().key()).isEqualTo("output");
    assertThat(result.options().getLast().value()).isEqualTo(value);
    assertThat(result.operands()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-x", "--all", "-a", "-1", "--", "-", "''", "' '", "--bogus", "@file", "-5", "a=b"})
  void takesAnyNextWordAsValue(String value) {
    assertThat(parse("-o", value, "op")).isEqualTo("-output<" + value + "> | op");
    assertThat(parse("--output", value, "op")).isEqualTo("--output<" + value + "> | op");
    assertThat(parse("-ao", value)).isEqualTo("-all -output<" + value + ">");
  }

  @Test
  void takesAnEmptyValueAfterTheSign() {
    assertThat(parse("--output=", "x")).isEqualTo("--output<> | x");
  }

  @Test
  void readsClusters() {
    assertThat(parse("-an1")).isEqualTo("-all -name -1");
    assertThat(parse("-an1ofoo,bar", "5")).isEqualTo("-all -name -1 -output<foo,bar> | 5");
  }

  @Test
  void mixesOptionsAndOperands() {
    assertThat(parse("101", "-a", "102", "-", "--sort", "x", "103"))
        .isEqualTo("-all --sort<x> | 101 102 - 103");
  }

  @Test
  void endsOptionsAtTwoDashes() {
    assertThat(parse("-a", "1", "--", "-a", "--", "--bogus")).isEqualTo("-all | 1 -a -- --bogus");
  }

  @Test
  void endsOptionsAtTheFirstOperandIfAskedTo() {
    GetoptModel model = new GetoptModel("prog", TABLE, true);

    assertThat(describe(model.parse(List.of("-a", "cmd", "-x", "--", "-a"))))
        .isEqualTo("-all | cmd -x -- -a");
    assertThat(describe(model.parse(List.of("-a", "--", "cmd", "-x")))).isEqualTo("-all | cmd -x");
  }

  @Test
  void acceptsUniqueAbbreviationsAndAliases() {
    assertThat(parse("--skip-", "--skipl", "--loc=1"))
        .isEqualTo("--skip-umount --skiplock --local_uid<1>");
    assertThat(parse("--name", "--name_", "x")).isEqualTo("--name --name_filter<x>");
    assertThat(parse("--ve=a", "--vel=b", "--la", "c"))
        .isEqualTo("--ve_layout<a> --ve_layout<b> --ve_layout<c>");
  }

  @Test
  void doesNotAbbreviateInsideANameLikePicocli() {
    assertThat(parse("--n-h")).isEqualTo("! prog: unrecognized option '--n-h'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "--bogus > unrecognized option '--bogus'",
        "--bogus=5 > unrecognized option '--bogus=5'",
        "--allx > unrecognized option '--allx'",
        "-x > invalid option -- 'x'",
        "-xa > invalid option -- 'x'",
        "-anxo > invalid option -- 'x'",
        "-5 > invalid option -- '5'",
        "-1f > invalid option -- 'f'",
        "-0x10 > invalid option -- '0'",
        "-a=1 > invalid option -- '='",
        "-o > option requires an argument -- 'o'",
        "-ao > option requires an argument -- 'o'",
        "--output > option '--output' requires an argument",
        "--outp > option '--output' requires an argument",
        "--vel > option '--velayout' requires an argument",
        "--all=1 > option '--all' doesn't allow an argument",
        "--al= > option '--all' doesn't allow an argument",
        "--skip > option '--skip' is ambiguous; possibilities: '--skip-umount' '--skiplock'",
        "--n=1 > option '--n=1' is ambiguous; possibilities: '--name' '--name_filter' '--no-header'",
        "--l > option '--l' is ambiguous; possibilities: '--layout' '--local_uid'",
      })
  void refusesInGetoptsWords(String word, String message) {
    GetoptResult result = new GetoptModel("prog", TABLE).parse(List.of(word));

    assertThat(result.error()).isEqualTo("prog: " + message);
  }

  @Test
  void keepsWhatCameBeforeTheFirstError() {
    assertThat(parse("-a", "7", "--bogus", "-n", "8"))
        .isEqualTo("-all | 7 ! prog: unrecognized option '--bogus'");
    assertThat(parse("-ax", "-n")).isEqualTo("-all ! prog: invalid option -- 'x'");
    assertThat(parse("-n", "-ao"))
        .isEqualTo("-name -all ! prog: option requires an argument -- 'o'");
  }

  @Test
  void worksWithoutAnyOption() {
    GetoptModel model = new GetoptModel("prog", List.of());

    assertThat(describe(model.parse(List.of("a", "b")))).isEqualTo("| a b");
    assertThat(describe(model.parse(List.of("a", "-b"))))
        .isEqualTo("| a ! prog: invalid option -- 'b'");
    assertThat(describe(model.parse(List.of()))).isEmpty();
  }
}
