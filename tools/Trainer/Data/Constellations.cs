namespace BcnnSim.Trainer.Data;

/// <summary>Points of the linear modulations, unit mean power. Which bits a point carries is of no interest here.</summary>
public static class Constellations
{
    private static readonly (double Re, double Im)[][] Tables =
        [Ring(2, 0), Ring(4, Math.PI / 4), Ring(8, 0), Grid(4, 1), Grid(4, 4), Grid(8, 8)];

    /// <summary>The points of a linear modulation.</summary>
    public static ReadOnlySpan<(double Re, double Im)> Of(Modulation modulation) => Tables[(int)modulation];

    private static (double Re, double Im)[] Ring(int points, double phase)
    {
        var ring = new (double Re, double Im)[points];
        for (int k = 0; k < points; k++)
        {
            (double sin, double cos) = Math.SinCos(phase + (Math.Tau * k / points));
            ring[k] = (cos, sin);
        }

        return ring;
    }

    /// <summary>Odd integers per axis; the mean power of m levels is (m^2 - 1) / 3.</summary>
    private static (double Re, double Im)[] Grid(int columns, int rows)
    {
        double scale = 1 / Math.Sqrt(((columns * columns) + (rows * rows) - 2) / 3.0);
        var grid = new (double Re, double Im)[columns * rows];
        for (int k = 0; k < grid.Length; k++)
        {
            grid[k] = (scale * ((2 * (k % columns)) - columns + 1), scale * ((2 * (k / columns)) - rows + 1));
        }

        return grid;
    }
}
