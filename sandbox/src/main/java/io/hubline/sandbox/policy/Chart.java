package io.hubline.sandbox.policy;

import java.time.Duration;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/// A chart of the policies for one depth, as SVG: what they oversell above, what they leave unsold below,
/// over the lag, one column for each velocity.
final class Chart {

    private static final int DEPTH = 40;
    private static final int LEFT = 60;
    private static final int TOP = 70;
    private static final int WIDTH = 200;
    private static final int HEIGHT = 150;
    private static final int GAP_X = 36;
    private static final int GAP_Y = 58;
    private static final List<Line> LINES = List.of(
            new Line("no buffer", "#9a9a9a", ""),
            new Line("fixed 5", "#c98a2b", "6 3"),
            new Line("fixed 10", "#b4462f", "2 3"),
            new Line("computed", "#2f6fb4", "8 3 2 3"),
            new Line("escrow", "#1d8a4a", ""),
            new Line("automatic", "#6a3fa0", "4 2"));

    private final Formatter svg = new Formatter(Locale.ROOT);
    private final Map<Cell, Map<String, Tally>> cells;

    private Chart(Map<Cell, Map<String, Tally>> cells) {
        this.cells = cells;
    }

    static String of(Map<Cell, Map<String, Tally>> cells) {
        return new Chart(cells).draw();
    }

    private String draw() {
        int columns = Cell.SALES_PER_HOUR.size();
        int width = LEFT + columns * (WIDTH + GAP_X);
        int height = TOP + 2 * (HEIGHT + GAP_Y) + 10;
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"11\" fill=\"#333\" role=\"img\">%n",
                width, height, width, height);
        svg.format("<title>Oversold and unsold units by policy, lag and velocity, at %d units</title>%n", DEPTH);
        svg.format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", width, height);
        legend();
        for (int column = 0; column < columns; column++) {
            int salesPerHour = Cell.SALES_PER_HOUR.get(column);
            int x = LEFT + column * (WIDTH + GAP_X);
            svg.format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"600\">%,d sales/h</text>%n",
                    x + WIDTH / 2, TOP - 12, salesPerHour);
            panel(x, TOP, salesPerHour, Tally::oversold);
            panel(x, TOP + HEIGHT + GAP_Y, salesPerHour, Tally::unsold);
        }
        side(TOP, "oversold, % of units");
        side(TOP + HEIGHT + GAP_Y, "unsold, % of units");
        svg.format("</svg>%n");
        return svg.toString();
    }

    private void legend() {
        int x = LEFT;
        for (Line line : LINES) {
            svg.format(
                    "<line x1=\"%d\" y1=\"20\" x2=\"%d\" y2=\"20\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>%n",
                    x, x + 26, line.colour, line.dashes);
            svg.format("<text x=\"%d\" y=\"24\">%s</text>%n", x + 32, line.policy);
            x += 44 + 8 * line.policy.length();
        }
        svg.format(
                "<text x=\"%d\" y=\"42\" fill=\"#666\">%d units, twice as many buyers; lag each way</text>%n",
                LEFT, DEPTH);
    }

    private void side(int y, String text) {
        svg.format(
                "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                16, y + HEIGHT / 2, text);
    }

    private void panel(int x, int y, int salesPerHour, ToLongFunction<Tally> figure) {
        for (int percent = 0; percent <= 100; percent += 25) {
            double at = y + HEIGHT * (1 - percent / 100.0);
            svg.format(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e3e3e3\"/>%n", x, at, x + WIDTH, at);
            if (x == LEFT) {
                svg.format(
                        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#666\">%d</text>%n",
                        x - 6, at + 4, percent);
            }
        }
        for (int at = 0; at < Cell.LAGS.size(); at++) {
            Cell cell = new Cell(Cell.LAGS.get(at), salesPerHour, DEPTH);
            svg.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%s</text>%n",
                    across(x, at), y + HEIGHT + 16, cell.lagText());
        }
        for (Line line : LINES) {
            StringBuilder points = new StringBuilder();
            for (int at = 0; at < Cell.LAGS.size(); at++) {
                Tally tally = tally(Cell.LAGS.get(at), salesPerHour, line.policy);
                double percent = tally.percent(figure.applyAsLong(tally));
                points.append(String.format(
                        Locale.ROOT, "%.1f,%.1f ", across(x, at), y + HEIGHT * (1 - Math.min(100, percent) / 100)));
            }
            svg.format(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" points=\"%s\"/>%n",
                    line.colour, line.dashes, points.toString().strip());
        }
    }

    private Tally tally(Duration lag, int salesPerHour, String policy) {
        return Objects.requireNonNull(Objects.requireNonNull(cells.get(new Cell(lag, salesPerHour, DEPTH)))
                .get(policy));
    }

    private static double across(int x, int lag) {
        return x + 14 + lag * (WIDTH - 28.0) / (Cell.LAGS.size() - 1);
    }

    private record Line(String policy, String colour, String dashes) {}
}
