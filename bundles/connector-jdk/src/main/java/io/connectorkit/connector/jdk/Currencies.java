package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.int32;
import static io.connectorkit.api.Types.text;

import java.util.Comparator;
import java.util.Currency;
import java.util.Locale;

/** ISO 4217. */
final class Currencies {

  static final ReferenceTable<Currency> TABLE = ReferenceTable.of("currencies",
          "Currencies of ISO 4217, past ones and units of account included",
          () -> Currency.getAvailableCurrencies().stream().sorted(Comparator.comparing(Currency::getCurrencyCode)), "code")
      .column("code", text(), "Alphabetic code, such as EUR", Currency::getCurrencyCode)
      .column("numeric_code", text(), "Numeric code, three digits, such as 008; null if there is none", Currencies::numericCode)
      .column("default_fraction_digits", int32(), "Digits behind the point; null where that has no meaning, as for gold",
          Currencies::fractionDigits)
      .column("name", text(), "Name in English", currency -> currency.getDisplayName(Locale.ENGLISH))
      .column("symbol", text(), "Symbol in English text", currency -> currency.getSymbol(Locale.ENGLISH))
      .build();

  private Currencies() {}

  private static String numericCode(Currency currency) {
    return currency.getNumericCode() == 0 ? null : currency.getNumericCodeAsString();
  }

  private static Integer fractionDigits(Currency currency) {
    return currency.getDefaultFractionDigits() < 0 ? null : currency.getDefaultFractionDigits();
  }
}
