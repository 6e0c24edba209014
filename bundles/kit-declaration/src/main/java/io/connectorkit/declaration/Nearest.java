package io.connectorkit.declaration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {

  private static final int LONGEST = 64;

  private Nearest() {}

  /** The known word that differs least, if it does not differ much. */
  public static Optional<String> to(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return word.length() > LONGEST ? Optional.empty()
        : known.stream().filter(each -> distance(lower, each.toLowerCase(Locale.ROOT)) <= 1 + word.length() / 4)
            .min(Comparator.<String>comparingInt(each -> distance(lower, each.toLowerCase(Locale.ROOT))).thenComparing(each -> each));
  }

  /** What to say after a word that is not known. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(each -> "; did you mean '" + each + "'?").orElseGet(() -> "; known are " + known.stream().sorted().toList());
  }

  /** How many characters have to be put in, taken out, replaced or swapped with the next one. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
