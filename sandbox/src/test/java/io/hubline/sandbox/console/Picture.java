package io.hubline.sandbox.console;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;

/// A screenshot, asked for its colours.
final class Picture {

    private final BufferedImage image;
    private final Map<Integer, Integer> pixels = new HashMap<>();

    Picture(BufferedImage image) {
        this.image = image;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                pixels.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
            }
        }
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /// How many pixels have exactly this colour.
    int pixels(int rgb) {
        return pixels.getOrDefault(rgb, 0);
    }

    int colours() {
        return pixels.size();
    }
}
