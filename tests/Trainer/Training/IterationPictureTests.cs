using System.Text.RegularExpressions;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public sealed class IterationPictureTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void A_method_has_a_line_of_its_violation_and_a_dashed_one_of_its_step_where_it_takes_steps()
    {
        string stepping = Drawn([Row(1, 0.5, 0.1), Row(2, 0.05, 0.02)]);
        string still = Drawn([Row(1, 0.5, null), Row(2, 0.05, null)]);
        Assert.Equal(Lines(still) + 1, Lines(stepping));
        Assert.Equal(Dashes(still) + 1, Dashes(stepping));
    }

    [Fact]
    public void A_method_stands_in_the_legend_once() => Assert.Single(Regex.Matches(Drawn([Row(1, 0.5, 0.1), Row(2, 0.05, 0.02)]), ">method<"));

    [Fact]
    public void Seeds_are_drawn_as_their_geometric_mean_over_the_epochs_all_of_them_have_and_zeros_are_left_out() =>
        Assert.Equal(Drawn([Row(1, 0.1, null), Row(3, 0.2, null)]), Drawn([Row(1, 0.01, null), Row(2, 0, null), Row(3, 0.2, null)], [Row(1, 1, null), Row(2, 1, null), Row(3, 0.2, null), Row(4, 9, null)]));

    public void Dispose() => File.Delete(path);

    // In the first colour: the axes are black.
    private static int Lines(string svg) => Regex.Count(svg, "<polyline[^>]*rgb\\(0,114,178\\)");

    private static int Dashes(string svg) => Regex.Count(svg, "<polyline[^>]*rgb\\(0,114,178\\)[^>]*dasharray");

    private static PruningIteration Row(int epoch, double violation, double? step) => new(epoch, null, violation, 0.1, step);

    private string Drawn(params IReadOnlyList<PruningIteration>[] logs)
    {
        var picture = new IterationPicture("title");
        picture.Add("method", logs, 0);
        picture.Write(path);
        return File.ReadAllText(path);
    }
}
