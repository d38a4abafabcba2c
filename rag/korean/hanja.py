"""Readings of the hanja that policy papers mix into Korean, for the index alone.

The analyser tags any run of hanja as foreign, so without a reading 對美 수출 never meets 대미 수출.
A few characters stand for words (美 for 미국, 上 for 상반기); the others are read by their sound.
"""

from __future__ import annotations

import re

_COUNTRIES = {
    "美": ("미", "미국"),
    "中": ("중", "중국"),
    "日": ("일", "일본"),
    "韓": ("한", "한국"),
    "韩": ("한", "한국"),
    "獨": ("독", "독일"),
    "独": ("독", "독일"),
    "佛": ("불", "프랑스"),
    "英": ("영", "영국"),
    "露": ("러", "러시아"),
    "北": ("북", "북한"),
    "印": ("인", "인도"),
    "加": ("가", "캐나다"),
    "濠": ("호", "호주"),
    "伊": ("이", "이탈리아"),
    "越": ("월", "베트남"),
    "泰": ("태", "태국"),
    "台": ("대", "대만"),
    "臺": ("대", "대만"),
}
# Words that a character stands for when no other hanja is beside it.
_ALONE = {
    "上": "상반기",
    "下": "하반기",
    "車": "자동차",
    "研": "연구원",
    "硏": "연구원",
    "年": "연",
    "女": "여성",
    "軍": "군",
    "株": "주식",
    "銀": "은행",
    "檢": "검찰",
    "與": "여당",
    "野": "야당",
}
_SOUNDS = (
    "가家加價可歌街暇 각各角覺刻 간間簡刊幹干肝 감減感監甘 갑甲 강強强江康講綱鋼降 개改開個介蓋槪 객客 갱更 거去巨居距擧據 건建件健 검檢劍 격格激隔擊 견見堅犬遣 결結決缺 겸兼 경經京景競輕境慶警鏡敬 "
    "계計界系係季階繼械契戒 고高古告考固庫故苦雇 곡曲穀 곤困 골骨 공公工共功空供攻孔 과科課過果 관關官觀管館慣 광光廣鑛 교敎校交橋較 구九口區求球舊救究構具句購 국國局 군軍郡群君 굴屈 궁宮 권權圈券勸 궤軌 귀歸貴 규規 균均 극極劇 "
    "근根近勤 금金今禁 급急級給及 기氣記期機技基己旣企起器旗其寄 긴緊 난難暖 남南男 납納 내內乃 녀女 년年 념念 노怒努 농農 뇌腦 능能 다多 단團單短段斷端 달達 담擔談 답答 당黨當堂 대大對代待隊帶貸对臺 덕德 도道度島都圖到導盜途渡 독獨讀毒督 돈敦 동東同動洞冬童銅 두頭 등等登燈 "
    "락落樂 란亂 래來 랭冷 략略 량量良兩 력力歷 련連練 령令領齡 례例禮 로路老勞 록綠錄 론論 료料療 류流類留 륙六陸 률律率 리利里理離李 립立 마馬 만萬滿 말末 망望亡網 매買賣每 맥脈 면面免 명名命明 모母模募 목目木 몰沒 무無務武貿 문文問門聞 물物 미美米未味 민民 밀密 "
    "박朴博 반反半班 발發 방方防放房訪 배配倍背 백百白 번番 벌罰 범範犯凡 법法 변變辯 별別 병病兵 보保報步補 복福服復複 본本 봉奉 부部不府副婦夫富付負 북北 분分 불不佛 비非比費備飛批 빈貧 빙氷 사事社四士史使死師寺査私司思 산山産算散 살殺 삼三 상上商相常賞想傷狀 색色 생生 서西書序署 석石席 선先線選善船 설設說雪 "
    "성成性城省星聲 세世稅歲勢 소小所少消素訴 속速續屬 손損孫 송送 쇄鎖 수水數手首受收修守秀需輸 숙宿 순順純 술術 숭崇 습習 승勝承 시時市始施試視示 식食式植識 신新信身神申 실實室失 심心審深 십十 쌍雙 씨氏 아兒亞 악惡 안安案眼 암暗 압壓 애愛 액額液 야野夜 약約藥弱 양陽洋養樣 "
    "어語魚漁 억億 언言 엄嚴 업業 여與餘 역域驛役逆 연硏研然演延 열熱 염鹽 엽葉 영英永營映 예藝豫 오五午誤 온溫 완完 왕王往 외外 요要 욕欲 용用容 우右雨友優 운運雲 웅雄 원元原院員園圓願 월月 위位爲委危衛 유有油由遺 육肉育 은銀恩 음音飮 읍邑 응應 의意醫議義衣 이二移異以 익益 인人因引仁 일一日 임任 입入 "
    "자自者子資 작作昨 잔殘 잠潛 잡雜 장長場將章 재材財在再 쟁爭 저低著 적的敵赤 전前電全戰傳轉展 절節切 점點店 접接 정正政定情精停庭 제第制題製除提濟 조朝造調助組條 족足族 존存 졸卒 종種終宗 좌左座 죄罪 주主住州週注株 준準 중中重衆 즉卽 증增證 지地指知支紙止持誌 직直職 진進眞陣 질質 집集執 "
    "차次車差 착着 찬贊 참參 창創窓 채債 책責策 처處 천天千川 철鐵 첨尖 청靑淸請廳 체體 초初超草 촉促 촌村 총總銃 최最 추秋追 축築縮 춘春 출出 충忠充 취取就 측側測 층層 치治置値 친親 칠七 침侵 쾌快 타他打 탄炭彈 탈脫 탐探 태太 택宅 토土 통通統 퇴退 투投鬪 특特 "
    "파派破 판判版板 팔八 패敗 편便 평平評 폐閉廢 포包 폭暴幅 표表票標 품品 풍風 피被 필必 하下夏河 학學 한韓漢限寒恨 할割 함含 합合 항航港抗 해海害解 핵核 행行幸 향向香 허許 헌憲 험險驗 혁革 현現縣 혈血 협協 형形兄刑 호號好護湖 혼婚混 홍紅 화火化話和畵華 확確擴 환環換還患 활活 황黃況 회會回 획劃 효效 후後候 훈訓 휴休 흑黑 흡吸 흥興 희希喜"
)
SOUNDS: dict[str, str] = {}
for _entry in _SOUNDS.split():
    for _character in _entry[1:]:
        SOUNDS.setdefault(_character, _entry[0])

# North Korean and Southern spellings part at the head of a word (한글 맞춤법 10 to 12: 두음법칙).
_HEAD = {

        "녀": "여", "년": "연", "념": "염", "뇨": "요", "뉴": "유",
        "락": "낙", "란": "난", "랑": "낭", "래": "내", "랭": "냉", "략": "약", "량": "양",
        "력": "역", "련": "연", "령": "영", "례": "예", "로": "노", "록": "녹", "론": "논",
        "료": "요", "류": "유", "륙": "육", "률": "율", "리": "이", "립": "입"

}  # fmt: skip

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_TOWARDS = "對对対"
# 中 before these makes a Korean word (중소, 중견); elsewhere it is China.
_INSIDE = "소견장기심간세앙학고형점국"
_WORD_LIKE = "現先後前新總"  # written apart in Hangul: 現 이화여대 교수 → 현 이화여대 교수
_JOSA = "이가은는을를의도로와과에서만측발산·"
_HEAD_WORDS = frozenset("無不非未再超反半大小高低多單全女副假準")


def read_hanja(text: str) -> str:
    """The text with each run of hanja replaced by Hangul; characters not known stay."""
    return _RUN.sub(_reading, text) if _RUN.search(text) else text


def _reading(match: re.Match[str]) -> str:
    run = match[0]
    text = match.string
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if run[0] in _TOWARDS:
        return _towards(run[1:], after)
    if len(run) == 1:
        return _single(run, before, after)
    if all(character in _COUNTRIES for character in run):
        # 韓美 is read 한미, and stands for both countries.
        short = "".join(_COUNTRIES[c][0] for c in run)
        return f"{short} " + " ".join(_COUNTRIES[c][1] for c in run) + (" " if after else "")
    return _sounds(run, head=not _is_hangul(before))


def _towards(rest: str, after: str) -> str:
    if not rest:
        return "대 "
    if rest[0] in _COUNTRIES:
        short, name = _COUNTRIES[rest[0]]
        tail = _sounds(rest[1:], head=False) if len(rest) > 1 else ""
        return f"대{short} {name} {tail}"
    return "대" + _sounds(rest, head=False)


def _single(character: str, before: str, after: str) -> str:
    hangul_before = _is_hangul(before)
    hangul_after = _is_hangul(after)
    if character in _COUNTRIES:
        if character == "中" and (hangul_before or (after in _INSIDE and after)):
            return "중"
        if character in "北加印" and (hangul_before or hangul_after):
            return _COUNTRIES[character][0]
        return _COUNTRIES[character][1]
    if character == "年":
        return "년" if before.isdigit() else "연"
    if character in "上下":
        return _sounds(character, True) if hangul_after or hangul_before else _ALONE[character]
    if character in _ALONE and character != "年":
        return _ALONE[character] if not (hangul_before and character in "車女軍") else SOUNDS.get(
            character, _ALONE[character]
        )
    sound = _sounds(character, head=not hangul_before)
    if character in _WORD_LIKE and hangul_after and not hangul_before:
        return f"{sound} "
    return sound


def _sounds(run: str, head: bool) -> str:
    sounds = [SOUNDS.get(character, character) for character in run]
    if head and sounds:
        sounds[0] = _HEAD.get(sounds[0], sounds[0])
    return "".join(sounds)


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"
