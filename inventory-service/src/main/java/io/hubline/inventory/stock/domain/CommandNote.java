package io.hubline.inventory.stock.domain;

/// What a caller asks for, under an id of his own: the same id again is the same request, or a mistake.
///
/// @param kind ids of different kinds are different
/// @param content all that is asked, as text
public record CommandNote(String kind, String id, String content) {

    /// By what it is known.
    public Key key() {
        return new Key(kind, id);
    }

    /// What a note is known by.
    public record Key(String kind, String id) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : id.compareTo(other.id);
        }
    }
}
