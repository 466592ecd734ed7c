package io.hubline.kit.personal;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

class Ciphers {

    @Produces
    @Singleton
    @Unremovable // looked up by the converter
    PersonalCipher cipher(PersonalKeys keys) {
        return new PersonalCipher(keys.keyId(), keys.key(), keys.retiredKeys());
    }
}
