require "minitest/autorun"
require "roman"

class RomanTest < Minitest::Test
  def test_seven_is_a_five_and_two_ones
    assert_equal "VII", Roman.of(7)
  end
end
