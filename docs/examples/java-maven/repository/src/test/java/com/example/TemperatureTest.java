package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TemperatureTest {
    @Test
    void waterBoils() {
        assertEquals(212, Temperature.fahrenheit(100));
    }
}
