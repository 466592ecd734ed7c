package io.hubline.inventory.availability.domain;

import java.util.Collection;
import java.util.List;

/// The rows of settings.
public interface SettingStore {

    /// Every row, by account and SKU.
    List<Setting> all();

    /// Puts a row in the place of the one that was there; a row that says nothing is taken away.
    ///
    /// @return what was there; [Settings#NONE] where there was nothing
    Settings replace(Setting setting);

    /// The rows that say something of any of these accounts and SKUs, [Setting#ANY] included.
    List<Setting> concerning(Collection<String> accounts, Collection<String> skus);
}
