<?php

declare(strict_types=1);

namespace Example;

final class Excerpt
{
    /** The first characters of a text, with an ellipsis where something is left out. */
    public static function of(string $text, int $length): string
    {
        if (strlen($text) <= $length) {
            return $text;
        }
        return substr($text, 0, $length) . '…';
    }
}
