using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public sealed class IterationPictureTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void A_method_has_a_line_of_its_violation_and_one_of_its_step_where_it_takes_steps()
    {
        string svg = Drawn([Row(1, 0.5, 0.1), Row(2, 0.05, 0.02)]);
        Assert.Contains("method, violation", svg, StringComparison.Ordinal);
        Assert.Contains("method, step", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("method, step", Drawn([Row(1, 0.5, null), Row(2, 0.05, null)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_are_drawn_as_their_geometric_mean_over_the_epochs_all_of_them_have_and_zeros_are_left_out() =>
        Assert.Equal(Drawn([Row(1, 0.1, null), Row(3, 0.2, null)]), Drawn([Row(1, 0.01, null), Row(2, 0, null), Row(3, 0.2, null)], [Row(1, 1, null), Row(2, 1, null), Row(3, 0.2, null), Row(4, 9, null)]));

    public void Dispose() => File.Delete(path);

    private static PruningIteration Row(int epoch, double violation, double? step) => new(epoch, null, violation, 0.1, step);

    private string Drawn(params IReadOnlyList<PruningIteration>[] logs)
    {
        var picture = new IterationPicture("title");
        picture.Add("method", logs, 0);
        picture.Write(path);
        return File.ReadAllText(path);
    }
}
