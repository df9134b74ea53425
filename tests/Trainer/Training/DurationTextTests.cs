using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class DurationTextTests
{
    [Theory]
    [InlineData(59, "0:00:59")]
    [InlineData(3661, "1:01:01")]
    [InlineData(108_000, "30:00:00")]
    public void Days_count_as_hours(int seconds, string text) => Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));
}
