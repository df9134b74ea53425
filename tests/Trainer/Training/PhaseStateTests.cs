using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class PhaseStateTests
{
    [Theory]
    [InlineData(8, 10, true)]
    [InlineData(9, 10, false)]
    [InlineData(4, 6, true)]
    [InlineData(5, 6, false)]
    [InlineData(1, 1, false)]
    public void A_phase_has_converged_when_its_last_fifth_brought_nothing_better(int best, int epochs, bool converged) =>
        Assert.Equal(converged, new PhaseState { Epoch = epochs, BestEpoch = best }.Converged(epochs));
}
