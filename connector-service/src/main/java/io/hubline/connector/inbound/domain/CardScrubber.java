package io.hubline.connector.inbound.domain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/// Removes full card numbers before anything is stored (I8): buyers write them into notes.
///
/// A run of 13 to 19 digits, single spaces or dashes between them allowed, is a card number when it begins
/// as a card brand's numbers do, has that brand's length and passes the Luhn check. Its last four digits
/// stay. It works on bytes, since what is not JSON is stored as well; digits are the same in every encoding
/// a channel sends.
public final class CardScrubber {

    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;
    private static final int KEPT = 4;

    private CardScrubber() {}

    /// The plain text without full card numbers; the same object when it has none.
    public static String scrub(String text) {
        char[] chars = text.toCharArray();
        return new Scan(chars, true).scrubs() ? new String(chars) : text;
    }

    /// The bytes, of JSON or of anything, without full card numbers; the same array when there are none.
    public static byte[] scrub(byte[] raw) {
        // One char per byte, so that positions agree whatever the encoding is.
        char[] chars = new String(raw, ISO_8859_1).toCharArray();
        return new Scan(chars, false).scrubs() ? new String(chars).getBytes(ISO_8859_1) : raw;
    }

    private static boolean isCard(char[] text, int start, int end) {
        StringBuilder digits = new StringBuilder(DIGITS_MAX);
        for (int i = start; i < end; i++) {
            if (isDigit(text[i])) {
                digits.append(text[i]);
            }
        }
        int length = digits.length();
        return length >= DIGITS_MIN
                && length <= DIGITS_MAX
                && beginsAsACard(digits.toString(), length)
                && passesLuhn(digits);
    }

    private static boolean beginsAsACard(String digits, int length) {
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        boolean visa = digits.charAt(0) == '4' && (length == 13 || length == 16 || length == 19);
        boolean mastercard = ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) && length == 16;
        boolean amex = (two == 34 || two == 37) && length == 15;
        boolean diners = (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059)) && length == 14;
        boolean discoverOrUnionPay = (two == 60 || two == 62 || two == 64 || two == 65) && length >= 16;
        boolean jcb = four >= 3528 && four <= 3589 && length >= 16;
        boolean maestro = (two == 50 || (two >= 56 && two <= 59) || two == 63 || two == 67) && length >= 16;
        return visa || mastercard || amex || diners || discoverOrUnionPay || jcb || maestro;
    }

    private static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// One pass over a text, masking in place.
    private static final class Scan {

        private final char[] text;
        private final boolean allQuoted;
        private boolean quoted;
        private boolean found;

        Scan(char[] text, boolean allQuoted) {
            this.text = text;
            this.allQuoted = allQuoted;
        }

        boolean scrubs() {
            int at = 0;
            while (at < text.length) {
                if (isDigit(text[at])) {
                    at = passRun(at);
                } else {
                    if (text[at] == '\\' && quoted) {
                        at++;
                    } else if (text[at] == '"') {
                        quoted = !quoted;
                    }
                    at++;
                }
            }
            return found;
        }

        /// Whether it stands where a JSON document has a value, so that stars would spoil the document.
        private boolean isBareJsonNumber(int start, int end) {
            int before = start - 1;
            while (before >= 0 && text[before] <= ' ') {
                before--;
            }
            int after = end;
            while (after < text.length && text[after] <= ' ') {
                after++;
            }
            return before >= 0
                    && ":,[".indexOf(text[before]) >= 0
                    && after < text.length
                    && ",]}".indexOf(text[after]) >= 0;
        }

        /// Looks at the groups of digits that begin here, and answers where they end. A card number may
        /// have other digits beside it, such as its expiry, so every sequence of whole groups is looked at.
        private int passRun(int start) {
            List<int[]> groups = new ArrayList<>();
            int at = start;
            while (true) {
                int end = at;
                while (end < text.length && isDigit(text[end])) {
                    end++;
                }
                groups.add(new int[] {at, end});
                if (end + 1 < text.length && (text[end] == ' ' || text[end] == '-') && isDigit(text[end + 1])) {
                    at = end + 1;
                } else {
                    maskCards(groups);
                    return end;
                }
            }
        }

        private void maskCards(List<int[]> groups) {
            int first = 0;
            while (first < groups.size()) {
                int last = lastOfCard(groups, first);
                if (last >= 0) {
                    mask(groups.get(first)[0], groups.get(last)[1]);
                    found = true;
                    first = last + 1;
                } else {
                    first++;
                }
            }
        }

        private int lastOfCard(List<int[]> groups, int first) {
            int digits = 0;
            for (int last = first; last < groups.size(); last++) {
                digits += groups.get(last)[1] - groups.get(last)[0];
                if (digits > DIGITS_MAX) {
                    return -1;
                }
                if (isCard(text, groups.get(first)[0], groups.get(last)[1])) {
                    return last;
                }
            }
            return -1;
        }

        /// Stars in a text. A bare JSON number must stay a number, so its digits become zeros behind the
        /// first, which never passes the check again.
        private void mask(int start, int end) {
            boolean stars = allQuoted || quoted || !isBareJsonNumber(start, end);
            int left = 0;
            for (int i = start; i < end; i++) {
                left += isDigit(text[i]) ? 1 : 0;
            }
            for (int i = start; i < end; i++) {
                if (isDigit(text[i])) {
                    if (stars && left > KEPT) {
                        text[i] = '*';
                    } else if (!stars && i > start) {
                        text[i] = '0';
                    }
                    left--;
                }
            }
        }
    }
}
