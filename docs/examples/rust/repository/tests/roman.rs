use roman::roman;

#[test]
fn numerals_are_added() {
    assert_eq!(roman(1666), "MDCLXVI");
}
