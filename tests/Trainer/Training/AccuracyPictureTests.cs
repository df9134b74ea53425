using System.Text.RegularExpressions;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public sealed class AccuracyPictureTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    /// <summary>A single point has no stroke to tell it from one of the same colour.</summary>
    [Fact]
    public void Single_points_are_squares_where_the_palette_has_been_through()
    {
        string first = Drawn(0), second = Drawn(8);
        Assert.Equal((2, 0), (Circles(first), Squares(first))); // one in the picture, one in the legend
        Assert.Equal((0, 2), (Circles(second), Squares(second)));
    }

    public void Dispose() => File.Delete(path);

    private static int Circles(string svg) => Regex.Count(svg, "<ellipse[^>]*rgb\\(0,114,178\\)");

    private static int Squares(string svg) => Regex.Count(svg, "<rect[^>]*rgb\\(0,114,178\\)");

    private string Drawn(int colour)
    {
        var picture = new AccuracyPicture("title", "speed");
        picture.Add("line", [(1, 0.5)], colour: colour);
        picture.Write(path);
        return File.ReadAllText(path);
    }
}
