package io.hubline.sandbox.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for what must not stand in the clear (invariant I8): full card numbers, and the personal data of
/// the buyers.
///
/// A card number is a run of 13 to 19 digits, perhaps parted by blanks or dashes, that has the prefix and
/// length of a card scheme and a right Luhn digit (ISO/IEC 7812-1); the prefix keeps a random id from being
/// taken for one. Personal data is looked for word by word as the buyers gave it, since no pattern knows a
/// name.
final class LeakScan {

    private static final int PROBE = 8;
    private static final Pattern DIGITS = Pattern.compile("(?<![\\w.:/-])\\d(?:[ -]?\\d){12,18}(?![\\w:/-]|\\.\\d)");
    private static final Pattern SCHEME = Pattern.compile(
            "4\\d{12}(?:\\d{3}){0,2}|5[1-5]\\d{14}|2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d{12}"
                    + "|3[47]\\d{13}|6(?:011|5\\d\\d)\\d{12}");

    private final Map<String, List<String>> secretsByProbe = new HashMap<>();

    /// @param secrets texts that only encrypted columns may hold; those shorter than 8 characters are
    ///     passed over, for they would be found in innocent words
    LeakScan(Collection<String> secrets) {
        for (String secret : secrets) {
            if (secret.length() >= PROBE) {
                secretsByProbe
                        .computeIfAbsent(secret.substring(0, PROBE), probe -> new ArrayList<>())
                        .add(secret);
            }
        }
    }

    /// What leaks in the text, without repeating it: "a card number" or "personal data"; empty when nothing
    /// does.
    List<String> leaksIn(String text) {
        List<String> leaks = new ArrayList<>();
        if (holdsCardNumber(text)) {
            leaks.add("a card number");
        }
        if (holdsSecret(text)) {
            leaks.add("personal data");
        }
        return leaks;
    }

    private boolean holdsSecret(String text) {
        for (int at = 0; at + PROBE <= text.length(); at++) {
            List<String> candidates = secretsByProbe.get(text.substring(at, at + PROBE));
            if (candidates != null) {
                for (String secret : candidates) {
                    if (text.startsWith(secret, at)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean holdsCardNumber(String text) {
        Matcher run = DIGITS.matcher(text);
        while (run.find()) {
            String digits = run.group().replaceAll("[ -]", "");
            if (SCHEME.matcher(digits).matches() && luhn(digits)) {
                return true;
            }
        }
        return false;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int place = 0; place < digits.length(); place++) {
            int digit = digits.charAt(digits.length() - 1 - place) - '0';
            int weighed = place % 2 == 1 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
