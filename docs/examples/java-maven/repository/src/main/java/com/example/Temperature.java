package com.example;

/** Turns degrees Celsius into Fahrenheit. */
public final class Temperature {
    private Temperature() {}

    public static double fahrenheit(double celsius) {
        return celsius * 9 / 5 + 32;
    }
}
