using BcnnSim.Networks;
using Xunit;

namespace BcnnSim.Tests.Networks;

public class ViolationListTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{\n  \"a\": 1,\r\n  \"b\": 2\n}", "{ \"a\": 1, \"b\": 2 }")]
    [InlineData("  kept as it is  ", "  kept as it is  ")]
    [InlineData("tab\tbell\a", "tab?bell?")]
    [InlineData("\n\r\n", "")]
    public void A_value_is_shown_on_one_line(string value, string shown) => Assert.Equal(shown, ViolationList.Printable(value));

    [Fact]
    public void A_long_value_is_cut()
    {
        string shown = ViolationList.Printable("first\n" + new string('x', 1000));
        Assert.Equal("first " + new string('x', 74) + "...", shown);
    }
}
