package io.hubline.inventory.stock.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of an uploaded file, one at a time. However long the file or a line of it is, and however
/// small it was packed, it takes the memory of one line.
final class Lines implements AutoCloseable {

    /// Characters of the longest line that is read.
    static final int LINE_MAX = 4_096;

    private static final long BYTES_MAX = 1L << 30;

    private final BufferedReader characters;

    private Lines(BufferedReader characters) {
        this.characters = characters;
    }

    /// @param encoding the request's `Content-Encoding`
    static Lines of(InputStream body, @Nullable String encoding) throws IOException {
        InputStream plain = "gzip".equals(encoding) ? new GZIPInputStream(new BufferedInputStream(body)) : body;
        // A decoder of its own: bytes that are no UTF-8 must not become a SKU with question marks in it.
        return new Lines(new BufferedReader(new InputStreamReader(new Bounded(plain), UTF_8.newDecoder())));
    }

    /// The next line; null behind the last.
    @Nullable
    Line next() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        int c = characters.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = characters.read()) {
            tooLong |= text.length() == LINE_MAX;
            if (!tooLong) {
                text.append((char) c);
            }
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
            text.setLength(text.length() - 1);
        }
        return new Line(text.toString(), tooLong);
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }

    /// @param tooLong whether only its beginning was read
    record Line(String text, boolean tooLong) {}

    /// The file is longer than any that is read.
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1;

        TooLong() {
            super("more than %d bytes".formatted(BYTES_MAX));
        }
    }

    /// What is small on the wire may be endless once it is unpacked.
    private static final class Bounded extends FilterInputStream {

        private long left = BYTES_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws TooLong {
            left -= read;
            if (left < 0) {
                throw new TooLong();
            }
        }
    }
}
