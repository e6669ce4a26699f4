<?php

declare(strict_types=1);

namespace Example\Tests;

use Example\Excerpt;
use PHPUnit\Framework\TestCase;

final class ExcerptTest extends TestCase
{
    public function testAShortTextIsWhole(): void
    {
        self::assertSame('A title', Excerpt::of('A title', 20));
    }

    public function testALongWordIsCut(): void
    {
        self::assertSame('Mill…', Excerpt::of('Millwright', 4));
    }
}
