package io.hubline.sandbox.shopify.store;

import java.util.Locale;
import java.util.SplittableRandom;

/// Draws buyers from word lists. The same seed and number always give the same person.
///
/// Mail addresses are under `example.com` and telephone numbers in the 555-01xx range, which nobody owns.
public final class People {

    private static final String[] FIRST = {
        "Amelia",
        "Bruno",
        "Carmen",
        "Dmitri",
        "Elena",
        "Farid",
        "Greta",
        "Hiro",
        "Ingrid",
        "Jamal",
        "Katya",
        "Lorenzo",
        "Maeve",
        "Nikhil",
        "Odette",
        "Pavel",
        "Quinn",
        "Rosalind",
        "Soren",
        "Tamsin",
        "Umberto",
        "Violeta",
        "Wendell",
        "Ximena",
        "Yusuf",
        "Zelda"
    };
    private static final String[] LAST = {
        "Abernathy", "Bellweather", "Castellanos", "Drummond", "Eisenhardt", "Fairweather", "Gallowglass", "Hawthorne",
        "Ivanovich", "Jankowski", "Kirkpatrick", "Lindqvist", "Montenegro", "Nightingale", "Okonkwo", "Pemberton",
        "Quintanilla", "Ravenscroft", "Stavropoulos", "Thistlewood", "Underhill", "Villanueva", "Whitcombe", "Yamazaki"
    };
    private static final String[] STREET = {
        "Juniper Hollow Road", "Copperfield Lane", "Larkspur Avenue", "Old Mill Crossing", "Saltmarsh Drive",
        "Tamarack Court", "Winding Brook Way", "Foxglove Terrace", "Harbor Bluff Street", "Quarry Ridge Boulevard"
    };
    private static final String[][] PLACE = {
        {"Louisville", "Kentucky", "KY", "402"},
        {"Portland", "Oregon", "OR", "972"},
        {"Austin", "Texas", "TX", "787"},
        {"Columbus", "Ohio", "OH", "432"},
        {"Newark", "New Jersey", "NJ", "071"},
        {"Tampa", "Florida", "FL", "336"},
        {"Denver", "Colorado", "CO", "802"},
        {"Sacramento", "California", "CA", "958"},
        {"Madison", "Wisconsin", "WI", "537"},
        {"Boise", "Idaho", "ID", "837"}
    };

    private final long seed;

    public People(long seed) {
        this.seed = seed;
    }

    /// The n-th person of this seed.
    public Buyer person(long number) {
        SplittableRandom chance = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        String first = FIRST[chance.nextInt(FIRST.length)];
        String last = LAST[chance.nextInt(LAST.length)];
        String[] place = PLACE[chance.nextInt(PLACE.length)];
        return new Buyer(
                first,
                last,
                "%s.%s.%d@example.com"
                        .formatted(first.toLowerCase(Locale.ROOT), last.toLowerCase(Locale.ROOT), 1000 + number),
                "+1%d55501%02d".formatted(200 + chance.nextInt(700), chance.nextInt(100)),
                "%d %s".formatted(100 + chance.nextInt(9800), STREET[chance.nextInt(STREET.length)]),
                place[0],
                place[1],
                place[2],
                "%s%02d".formatted(place[3], chance.nextInt(100)),
                "United States",
                "US");
    }
}
