"""Tables that several test modules ask about."""

GROWTH = """(단위 : 전년대비, %, %p)
<table><tr><th rowspan="2">구분</th><th colspan="3">'25년 전망</th><th colspan="3">'26년 전망</th></tr>\
<tr><th>'24.9</th><th>'25.3</th><th>조정폭</th><th>'24.9</th><th>'25.3</th><th>조정폭</th></tr>\
<tr><th>세계</th><td>3.0</td><td>9.9</td><td>+6.9</td><td>3.1</td><td>9.9</td><td>+6.8</td></tr>\
<tr><th>몽골</th><td>4.1</td><td>5.0</td><td>+0.9</td><td>3.3</td><td>3.1</td><td>△0.2</td></tr>\
<tr><th>칠레</th><td>2.1</td><td>2.0</td><td>△0.1</td><td>2.3</td><td>2.7</td><td>+0.4</td></tr>\
<tr><th>페루</th><td>3.1</td><td>4.6</td><td>+1.5</td><td>2.9</td><td>2.0</td><td>△0.9</td></tr></table>"""
"""Two rows of headers, changes, and a total among the countries."""

PLANTS = """<table><tr><th>시설</th><th>구분</th><th colspan="3">공정과 보급률</th></tr>\
<tr><th rowspan="2">정수장</th><th>공정</th><td>침전</td><td>여과</td><td>소독</td></tr>\
<tr><th>보급률</th><td>41%</td><td>72%</td><td>95%</td></tr>\
<tr><th rowspan="2">하수장</th><th>공정</th><td>여과</td><td>탈수</td><td>건조</td></tr>\
<tr><th>보급률</th><td>17%</td><td>0%</td><td>64%</td></tr></table>"""
"""A row of names inside each group heads the numbers under it."""
